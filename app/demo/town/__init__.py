"""The invented sample town on the Mekong: ground, areas, places, cameras. All marked ตัวอย่าง.

Road names and the rough lie of the land follow Mukdahan; every outline and building is drawn by
these modules. ตัวอย่าง ไม่ใช่แนวเขตจริง.
"""
