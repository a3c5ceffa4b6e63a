"""What an officer, a clerk or a court may expect of the log."""
