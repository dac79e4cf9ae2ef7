// On a phone the menu is one line that is pushed sideways: it begins where the present page is in it.
const list = document.querySelector('.site-nav ul');
const here = list?.querySelector('[aria-current="page"]');
if (here) list.scrollLeft = here.offsetLeft - list.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
