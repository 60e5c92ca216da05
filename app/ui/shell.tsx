import { Form, Link, NavLink, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { LOCALE_NAMES, LOCALES } from "./locale.ts";
import { carriedAlong, currentLink, isStaff, listLinks } from "./navigation.ts";
import { QuickExit } from "./quick-exit.tsx";
import { useWords } from "./words/use-words.tsx";

/** Who is signed in, as far as the page's frame shows it. */
export interface Reader {
  name: string;
  roles: readonly string[];
}

/** The frame of every page: skip link, ribbon, banner, header, menu, main, footer. */
export function Shell(props: { reader: Reader | null; demo: boolean; children: ReactNode }) {
  const { t } = useWords();
  const staff = props.reader !== null && isStaff(props.reader.roles);
  return (
    <>
      <a className="usa-skipnav" href="#main">
        {t("common.skip")}
      </a>
      {staff ? null : <QuickExit />}
      <Banner demo={props.demo} />
      <Header reader={props.reader} />
      <main id="main" tabIndex={-1} className="wl-main">
        {props.children}
      </main>
      <Footer />
    </>
  );
}

/** What this site is and how to know that it is the true one; folded, and opens without scripts. */
function Banner(props: { demo: boolean }) {
  const { t } = useWords();
  return (
    <section className="wl-banner" aria-label={t("common.bannerLabel")}>
      {props.demo ? <p className="wl-ribbon">{t("common.demo")}</p> : null}
      <details>
        <summary>
          {t("common.banner")} <span className="wl-banner__how">{t("common.bannerHow")}</span>
        </summary>
        <ul>
          <li>{t("common.bannerAddress")}</li>
          <li>{t("common.bannerMail")}</li>
          <li>{t("common.bannerMoney")}</li>
        </ul>
      </details>
    </section>
  );
}

function Header(props: { reader: Reader | null }) {
  const { t } = useWords();
  return (
    <header className="wl-header">
      <div className="wl-header__row">
        <Link className="wl-header__name" to="/">
          <Mark />
          WhoLooked
        </Link>
        <LanguageSwitch />
      </div>
      <nav className="wl-header__nav" aria-label={t("common.menu")}>
        {props.reader ? <Menu reader={props.reader} /> : <NavLink to="/sign-in">{t("common.signIn")}</NavLink>}
      </nav>
    </header>
  );
}

function Menu(props: { reader: Reader }) {
  const { t, say } = useWords();
  const { pathname } = useLocation();
  const links = listLinks(props.reader.roles);
  const here = currentLink(links, pathname);
  return (
    <>
      {links.map((link) => (
        <Link
          key={link.to}
          to={link.to}
          aria-current={link !== here ? undefined : link.to === pathname ? "page" : "true"}
        >
          {say({ key: link.label })}
        </Link>
      ))}
      <Form className="wl-header__out" method="post" action="/sign-out" reloadDocument>
        {props.reader.name === "" ? null : (
          <span>
            {t("common.signedInAs")} <bdi>{props.reader.name}</bdi>
          </span>
        )}
        <button className="usa-button usa-button--unstyled" type="submit">
          {t("common.signOut")}
        </button>
      </Form>
    </>
  );
}

/** Each language named in itself. */
function LanguageSwitch() {
  const { t, locale } = useWords();
  const back = carriedAlong(useLocation());
  return (
    <ul className="wl-languages" aria-label={t("common.language")}>
      {LOCALES.map((other) => (
        <li key={other}>
          <a
            href={`/language/${other}?back=${encodeURIComponent(back)}`}
            lang={other}
            hrefLang={other}
            aria-current={other === locale ? "true" : undefined}
          >
            {LOCALE_NAMES[other]}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Footer() {
  const { t } = useWords();
  return (
    <footer className="wl-footer">
      <div className="wl-footer__inner">
        <p>{t("common.footer")}</p>
        <ul>
          <li>
            <Link to="/deadlines">{t("deadlines.title")}</Link>
          </li>
          <li>
            <Link to="/privacy">{t("common.privacy")}</Link>
          </li>
        </ul>
      </div>
    </footer>
  );
}

/** An eye that is also a magnifying glass: someone looked. */
export function Mark() {
  return (
    <svg className="wl-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path d="M2 16C6 8.5 11 6 16 6s10 2.5 14 10c-4 7.5-9 10-14 10S6 23.5 2 16Z" fill="none" strokeWidth="2.5" />
      <circle cx="16" cy="16" r="5" />
    </svg>
  );
}
