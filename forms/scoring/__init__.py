"""Scoring (计分): points of a self-evaluation by the kit's score scheme, each with its explanation."""
