"""Places pictures: facts in, boxes, people, arrows and words with numbers out."""
