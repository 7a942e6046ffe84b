"""What a built site needs before it is given to others, whatever engine built it: sums, a zip, a service worker."""
