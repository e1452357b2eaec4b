"""The words of checkin, each meaning one thing.

Feeling      what one picture card stands for
CardSet      the cards a class sees: 4, 6 or 8, and 'not today'
Tap          one choice of one card, by nobody
Round        one check-in or check-out of a classroom on a school day: open, then sealed
Counter      what an open round or week counts, noised from its creation
Light        few, some or many heavy feelings in a sealed round; or withheld
WeekPicture  rounded shares of the feelings of one week
Pattern      what a rule noticed in released figures, with its reason
Flag         a pattern raised to the care team
Structure    the school's signalling structure: roles, deputies, levels, steps

Data flows one way: tap -> open round -> seal -> released figures -> trend, pattern -> flag -> care.
"""
