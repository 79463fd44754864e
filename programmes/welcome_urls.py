"""Routes of coming in, and of one's own card in a place."""

from django.urls import path

from programmes.views import own_card, welcome

app_name = "welcome"

urlpatterns = [
    path("welcome/", welcome.type_code, name="type_code"),
    path("welcome/<str:token>/", welcome.accept, name="accept"),
    path("me/invited/<uuid:invitation>/", welcome.invited, name="invited"),
    path("me/places/", own_card.my_places, name="my_places"),
    path("s/<slug:site>/me/", own_card.own_card, name="own_card"),
    path("s/<slug:site>/me/roles/", own_card.put_down_role, name="put_down_role"),
    path("s/<slug:site>/me/leave/", own_card.leave_place, name="leave_place"),
]
