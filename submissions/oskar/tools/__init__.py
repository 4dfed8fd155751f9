from .leaves import leaf, show
