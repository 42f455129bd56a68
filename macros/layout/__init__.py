"""Places pictures: facts in, boxes, people, arrows and words with numbers out. One file per
picture.
"""
