"""The field kit: what a form asks is declared in the process value; here it is read, checked, shown and compared.

One validation for page and API: :func:`forms.reading.parse`. Nothing is drawn here (``web/templates`` does) and nothing touches the world:
what must be looked up (people, units, uploads) is asked for with :func:`forms.known.wanted` and handed in.
"""
