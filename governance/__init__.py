"""Stage 8 of 8, governance: groups that nurture and protect the new culture, formed last."""
