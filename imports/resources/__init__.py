"""The lists that can be imported, one module each: columns, checks, what becomes of a row."""

from imports.models import Kind
from imports.resources.contacts import ContactTable
from imports.resources.families import FamilyTable
from imports.resources.institutions import InstitutionTable
from imports.resources.visits import VisitTable

TABLES = {
    Kind.FAMILIES: FamilyTable,
    Kind.VISITS: VisitTable,
    Kind.INSTITUTIONS: InstitutionTable,
    Kind.CONTACTS: ContactTable,
}
