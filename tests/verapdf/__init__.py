"""The veraPDF engine as a command line: does a PDF keep PDF/A-3a and PDF/UA-1?"""
