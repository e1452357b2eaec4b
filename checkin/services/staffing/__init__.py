"""The staff of a school: who comes in, what they are, where they are signed in, and who goes."""

from checkin.services.slowing_down import WaitFirst
from checkin.services.staffing.browsers import (
    NotThePassword,
    change_password,
    end_all_of,
    end_browser,
    end_others,
    list_browsers,
    mark_of,
    note_browser,
)
from checkin.services.staffing.holdings import (
    Holdings,
    can_take_flags,
    holdings_of,
    who_can_take_over,
)
from checkin.services.staffing.inviting import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    NewMember,
    ask_password,
    invite,
    invite_again,
    invite_back,
    offer_from_server,
    offer_password,
    withdraw,
)
from checkin.services.staffing.joining import (
    NotLive,
    State,
    Unknown,
    WeakPassword,
    Welcome,
    choose_password,
    look,
)
from checkin.services.staffing.leaving import Hands, check_may_leave, let_go, names_of
from checkin.services.staffing.listing import Listed, find_listed, list_members
from checkin.services.staffing.problems import NotDone, Wrong
from checkin.services.staffing.roles import (
    LeftBehind,
    Setting,
    is_only_admin,
    left_behind,
    may_change_own,
    set_roles,
)
from checkin.storage.joining import Member

__all__ = [
    "LONGEST_ADDRESS",
    "LONGEST_NAME",
    "Hands",
    "Holdings",
    "LeftBehind",
    "Listed",
    "Member",
    "NewMember",
    "NotDone",
    "NotLive",
    "NotThePassword",
    "Setting",
    "State",
    "Unknown",
    "WaitFirst",
    "WeakPassword",
    "Welcome",
    "Wrong",
    "ask_password",
    "can_take_flags",
    "change_password",
    "check_may_leave",
    "choose_password",
    "end_all_of",
    "end_browser",
    "end_others",
    "find_listed",
    "holdings_of",
    "invite",
    "invite_again",
    "invite_back",
    "is_only_admin",
    "left_behind",
    "let_go",
    "list_browsers",
    "list_members",
    "look",
    "mark_of",
    "may_change_own",
    "names_of",
    "note_browser",
    "offer_from_server",
    "offer_password",
    "set_roles",
    "who_can_take_over",
    "withdraw",
]
