// The words of Django's JavaScript catalogue, which the page loads before any module.

export const { gettext, ngettext, pgettext, npgettext, interpolate } = globalThis.django;
