// Names are shown, or codes in their place while they are hidden.

export const areHidden = () => document.cookie.split("; ").includes("names=hidden");

export const nameOf = ({ code, label }) => (areHidden() ? code : label);
