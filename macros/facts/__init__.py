"""What content/ holds: the model of the facts, how they are read, the rules they obey. Imports
nothing else of ours.
"""
