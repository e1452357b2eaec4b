"""Every section of a structure with its form, in the order a school fills them in."""

from checkin.domain.structure import Section
from checkin.web.structure.around_forms import ACUTE, MEETINGS, ROUTES, VISION
from checkin.web.structure.forms import SectionForm
from checkin.web.structure.levels_form import LEVELS
from checkin.web.structure.referrals_form import REFERRALS
from checkin.web.structure.roles_form import ROLES
from checkin.web.structure.steps_form import STEPS

FORMS: dict[Section, SectionForm] = {
    form.section: form
    for form in (ROLES, ACUTE, REFERRALS, VISION, LEVELS, STEPS, MEETINGS, ROUTES)
}
