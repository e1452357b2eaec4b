"""Files as other programs write them, with pupils whose names must turn up nowhere."""

import io
import zipfile
from collections.abc import Mapping

CANARY = "Quetzalcoatlus"
"""The family name of every pupil in these files."""

CLASS_LIST = (
    "groep;leerlingen;leerkracht;e-mail\r\n"
    "Ster;11;Juf Käthe;kathe@school.example\r\n"
    "Zon;12;Tess;tess@school.example\r\n"
    "Ster;;Meester Bo;bo@school.example\r\n"
)
PUPIL_LIST = "Roepnaam;Achternaam;Groep;E-mail\r\n" + "".join(
    f"Kind{n};{CANARY};{'Ster' if n < 9 else 'Zon'};{CANARY}{n}@thuis.example\r\n"
    for n in range(21)
)

EDEXML = f"""<?xml version="1.0" encoding="utf-8"?>
<EDEX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <school><schooljaar>2026-2027</schooljaar><brincode>00AA</brincode><xsdversie>2.1</xsdversie></school>
 <groepen>
  <groep key="g1"><naam>Ster</naam><jaargroep>5</jaargroep></groep>
  <groep key="g2"><naam>Zon</naam></groep>
 </groepen>
 <leerlingen>
{
    "".join(
        f'<leerling key="l{n}"><achternaam>{CANARY}</achternaam><roepnaam>Kind</roepnaam>'
        f'<groep key="g{1 if n < 8 else 2}"/></leerling>'
        for n in range(20)
    )
}
  <leerling key="x"><achternaam>{CANARY}</achternaam><groep key="g9"/></leerling>
 </leerlingen>
 <leerkrachten>
  <leerkracht key="k1"><achternaam>Berg</achternaam><voorvoegsel>van den</voorvoegsel>
   <roepnaam>Käthe</roepnaam><emailadres>Kathe@School.example</emailadres>
   <groepen><groep key="g1"/></groepen></leerkracht>
  <leerkracht key="k2"><achternaam>Post</achternaam><roepnaam>Bo</roepnaam>
   <groepen><groep key="g2"/></groepen></leerkracht>
 </leerkrachten>
</EDEX>
"""

ONEROSTER = {
    "orgs.csv": "sourcedId,status,name,type\n1,active,De Brug,school\n",
    "classes.csv": (
        "sourcedId,status,title,classType\n"
        "c1,active,Ster,homeroom\nc2,active,Zon,homeroom\nc3,active,Rekenen,scheduled\n"
        "c4,tobedeleted,Oud,homeroom\n"
    ),
    "users.csv": "sourcedId,status,givenName,middleName,familyName,email\n"
    "t1,active,Käthe,,Berg,kathe@school.example\n"
    + "".join(f"s{n},active,Kind,,{CANARY},{CANARY}@thuis.example\n" for n in range(20)),
    "enrollments.csv": "sourcedId,status,classSourcedId,userSourcedId,role\n"
    "e,active,c1,t1,teacher\n"
    + "".join(f"e{n},active,c{1 if n < 8 else 2},s{n},student\n" for n in range(20))
    + "twice,active,c1,s0,student\nlesson,active,c3,s1,student\n",
}


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()
