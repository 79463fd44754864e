"""Names for invented people: from many places, a few of them awkward for software on purpose."""

FIRST = """
Abena Ada Aisha Alan Alice Alma Amina Amir Andrew Angela Anita Anjali Anwar Arjun Ashley Ayodele Azra
Barbara Beata Ben Bernice Bilal Brenda Bryn Callum Carmen Carol Cerys Chidi Chloe Clare Colin Dalia
Darren David Dawn Deepa Delroy Derek Diane Donna Dorota Edith Eilidh Elena Ella Emeka Emma Ewan Farida
Fatima Femi Fiona Frances Gareth Gemma George Gloria Graham Gurpreet Hana Harjit Hassan Hazel Heather
Hugo Ian Ibrahim Imogen Irene Iris Ivan Jack Jackie Jacob Jamila Jan Janet Jasmine Jean Jess Joan Joe
John Joyce Jude Julie Kamal Karen Kasia Keith Kemi Kevin Kiran Kofi Lauren Leah Lena Lesley Liam Lin
Linda Lorna Lucy Luis Lynn Maggie Malik Marcin Margaret Maria Martin Mary Maureen Mei Michael Mina
Mohammed Moira Nadia Naomi Neil Ngozi Nick Nina Noor Norma Olu Oscar Owen Pam Parveen Pat Paul Pauline
Pearl Peter Phil Polly Priti Rachel Raj Rashid Ray Rebecca Rhys Rita Robert Rohan Rosa Rowan Ruby Saba
Sadie Sally Samir Sandra Sarah Seb Shanice Shaun Sheila Simon Siobhan Sofia Stan Steph Stuart Sue Sunita
Tariq Tess Theo Tina Tom Tony Tracy Usha Val Vera Vikram Wanda Wendy Will Yasmin Yusuf Zainab Zara
""".split()  # noqa: SIM905 - a list of names reads best as one

AWKWARD = (
    "سارة",
    "Zoë",
    "Mo <the baker>",
    "Siân O’Rourke-Ní Dhomhnaill",
    "D'Arcy",
    "Konstantina-Magdalena Papadimitriou-Wolstenholme",
    "Ọlájùmọ̀kẹ́",
    "Q",
)
"""Right-to-left, dots, what looks like markup, two kinds of apostrophe, long, marks all round, one letter."""
