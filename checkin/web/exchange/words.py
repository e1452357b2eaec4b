"""What is wrong with a file or a line of it: in the reader's words, and in none of the file."""

from flask_babel import gettext as _

from checkin.domain.imports import MOST_CLASSES, MOST_PEOPLE, Fault, Remark
from checkin.domain.school import MOST_PUPILS
from checkin.services.class_names import LONGEST_NAME
from checkin.services.importing import (
    LARGEST_FILE,
    LARGEST_UNPACKED,
    MOST_LINES,
    MOST_MEMBERS,
    Hindrance,
    Why,
)

LETTERS_A_LINE = 120
"""Of a pupil in a list with all that an administration has of them."""


def why_words(why: Why) -> str:
    """Say why a file cannot be read."""
    return {
        Why.EMPTY: _("Choose a file; this one is empty."),
        Why.LARGE: _(
            "This file is larger than %(most)s kB; that is room for about %(lines)s lines of a list"
            " of pupils. Take only the column of the class, or in a list of classes its number of"
            " pupils and its teachers. Or pack the file as a zip file. If you split it, keep each"
            " class in one part.",
            most=LARGEST_FILE // 1000,
            lines=LARGEST_FILE // LETTERS_A_LINE,
        ),
        Why.UNPACKED: _(
            "What is in this zip file is larger than %(most)s MB once it is unpacked, and no school"
            " has so much. Pack this school alone, or only the columns that are needed.",
            most=LARGEST_UNPACKED // 1024**2,
        ),
        Why.MANY_FILES: _(
            "This zip file holds more than %(most)s files. Pack only the file that is to be read.",
            most=MOST_MEMBERS,
        ),
        Why.OTHER_FILES: _(
            "There is nothing in this zip file that can be read. It holds one CSV file, one EDEXML"
            " file, or the files of OneRoster."
        ),
        Why.WORKBOOK: _(
            "This is a workbook of Excel or another spreadsheet. Open it there, choose 'Save as',"
            " then CSV, and choose that file here."
        ),
        Why.UNKNOWN: _(
            "This is none of the files that can be read. Choose a CSV file, an EDEXML file or the"
            " zip file of OneRoster."
        ),
        Why.NO_HEADINGS: _(
            "The first line has no heading 'groep' or 'class', so it cannot be seen what is in"
            " which column. The template below shows the headings."
        ),
        Why.NO_CLASSES: _("There is no class in this file."),
        Why.BROKEN: _("This file is damaged, or it was cut off. Export it once more."),
        Why.LOCKED: _("This file is locked with a password, or packed in an unusual way."),
        Why.UNSAFE: _(
            "This file asks to read other files, as no export of a school administration does."
            " It was not read."
        ),
        Why.MANY_LINES: _(
            "This file has more than %(most)s lines, and no school has so many pupils. Export this"
            " school and this school year alone.",
            most=MOST_LINES,
        ),
        Why.MANY_CLASSES: _("This file has more than %(most)s classes.", most=MOST_CLASSES),
        Why.MANY_PEOPLE: _("This file has more than %(most)s teachers.", most=MOST_PEOPLE),
        Why.SEVERAL_SCHOOLS: _("This file holds several schools. Export this school alone."),
        Why.PUPILS_AS_CLASSES: _(
            "Nearly every class in this file has one pupil, so the column of the class seems to"
            " hold something else. To be safe, nothing of it is shown."
        ),
    }[why]


def remark_words(remark: Remark) -> str:
    """Say what is wrong with a line."""
    told = fault_words(remark.fault)
    if remark.line and remark.file:
        return _("%(file)s, line %(line)s: %(told)s", file=remark.file, line=remark.line, told=told)
    return _("Line %(line)s: %(told)s", line=remark.line, told=told) if remark.line else told


def fault_words(fault: Fault) -> str:
    """Say what is wrong with a line, as far as every such line goes."""
    return {
        Fault.NO_CLASS: _("there is no class on it."),
        Fault.CLASS_NAME: _(
            "a class has a name of at most %(most)s letters, on one line.", most=LONGEST_NAME
        ),
        Fault.FORMULA: _("it begins as a formula does (=, +, - or @)."),
        Fault.PUPILS: _("the number of pupils is no number."),
        Fault.TWO_SIZES: _("an earlier line gives this class another size; that one counts."),
        Fault.NO_ADDRESS: _("this teacher has no e-mail address, so nobody can be invited."),
        Fault.NO_NAME: _("this teacher has no name that can be used."),
        Fault.UNKNOWN_CLASS: _("a pupil without a class of this file; not counted."),
        Fault.NO_PUPILS: _("A class without pupils is left out."),
        Fault.MANY_PUPILS: _(
            "A class of more than %(most)s pupils is left out: it is no class of one room.",
            most=MOST_PUPILS,
        ),
    }[fault]


def hindrance_words(why: Hindrance) -> str:
    """Say why nothing can be done with a class or a person."""
    return {
        Hindrance.NO_SIZE: _("the file does not say how many pupils it has"),
        Hindrance.LEFT_BEFORE: _("worked here before: invite them back from the list of staff"),
        Hindrance.TAKEN: _("somebody has this e-mail address already"),
        Hindrance.PLANNED: _("a class that is planned has this name: see Classrooms"),
        Hindrance.NO_TEACHER: _(
            "works here, but not as a teacher: so the class gets no teacher by this. Give the role"
            " of teacher in the list of staff, and choose the file once more"
        ),
        Hindrance.YOURSELF: _(
            "this is you, and nobody changes their own classes: ask another administrator or the"
            " head"
        ),
        Hindrance.NO_CLASS: _(
            "their class cannot be made (see above). Ticked, they are invited without a class"
        ),
    }[why]
