"""PDF of official forms (PDF 文书): sheets and covers drawn on A4 with the shipped fonts. Imports reportlab."""
