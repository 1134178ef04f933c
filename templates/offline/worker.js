import { work } from "{{ module|safe }}";

work({{ kept|safe }});
