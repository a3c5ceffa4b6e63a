"""What the station drew, out to other programs and in again without loss."""
