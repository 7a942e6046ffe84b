/* What the search found, as a list below the box: pages, each at the place that fits best. Loaded when the box is first
   used; no event. */
self.SiteHits = function (box, search) {
  "use strict";
  var said = box.querySelector("[role=status]"), list = box.querySelector("ol");
  var root = new URL(box.dataset.root + "/", location.href);
  var MOST = 40, OTHERS = 6; // pages that are listed, and further places named of each

  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  function address(hit) {
    var folder = hit.page.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "/");
    return new URL(folder + box.dataset.pageEnd, root).href + (hit.anchor ? "#" + hit.anchor : "");
  }

  function link(hit, name) {
    var anchor = make("a", name);
    anchor.href = address(hit);
    return anchor;
  }

  /* A text whose found words are marked; never as HTML. */
  function marked(element, text, terms) {
    search.pieces(text, terms).forEach(function (piece) {
      element.append(piece[1] ? make("mark", "", piece[0]) : piece[0]);
    });
    return element;
  }

  /* A page, at the place on it that fits best, and other places there. */
  function entry(found) {
    var best = found[0].hit, terms = found[0].terms;
    var item = make("li", "md-search-result__item");
    var anchor = item.appendChild(link(best, "md-search-result__link hit"));
    var title = anchor.appendChild(make("span", "hit-title"));
    title.append(make("span", "hit-kind", best.kind), " ");
    marked(title, best.title, terms);
    if (best.says) marked(anchor.appendChild(make("span", "hit-says")), best.says, terms);
    if (best.marks) anchor.appendChild(make("span", "hit-marks", best.marks));
    var named = {}, others = make("p", "hit-others");
    found.slice(1).forEach(function (other) {
      var name = other.hit.top ? "The page" : other.hit.short;
      if (!Object.hasOwn(named, name) && name !== best.short && others.childElementCount < OTHERS) {
        named[name] = true;
        others.append(link(other.hit, ""), " ");
        others.lastElementChild.textContent = name;
      }
    });
    if (others.childElementCount) item.appendChild(others);
    return item;
  }

  function tell(pages, instead) {
    var words = instead.map(function (each) {
      return "No page has “" + each[0] + "”" + (each[1] ? "; these have “" + each[1] + "”." : ".");
    });
    var count = pages === 1 ? "1 page" : pages + " pages";
    var most = pages > MOST ? ", the first " + MOST + " are shown." : ".";
    said.textContent = [pages ? count + " found" + most : "Nothing found."].concat(words).join(" ");
  }

  /* List what is found for a query, and say how much it is. */
  return function (query) {
    var result = search.find(query), pages = new Map();
    result.hits.forEach(function (each) {
      if (!pages.has(each.hit.page)) pages.set(each.hit.page, []);
      pages.get(each.hit.page).push(each);
    });
    Array.from(pages.values()).slice(0, MOST).forEach(function (found) { list.appendChild(entry(found)); });
    tell(pages.size, result.instead);
    list.parentElement.parentElement.scrollTop = 0;
  };
};
