import { Button, Kbd } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useSession } from "#renderer/app/session.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import classes from "./help.module.css";
import type { HelpTopic } from "./topic.ts";
import { helpTopics } from "./topics.ts";

const route = getRouteApi("/help");

/** What the program can do, page by page, in the clerk's words; nothing of it needs a network. */
export function HelpPage() {
  const { topic: wanted } = route.useSearch();
  const { office } = useSession();
  const [first] = helpTopics;
  const topic = helpTopics.find(({ id }) => id === wanted) ?? first;
  return (
    <>
      <PageHeader title="帮助" subtitle="在任何页面按 F1，打开这一页的帮助。">
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/print" search={{ sheet: "guide", level: office.level }} {...props} />}
        >
          打印速查卡
        </Button>
      </PageHeader>
      <div className={classes.frame}>
        <nav className={classes.topics} aria-label="帮助目录">
          {helpTopics.map(({ id, title }) => (
            <Link
              key={id}
              to="/help"
              search={{ topic: id }}
              replace
              className={classes.topic}
              aria-current={id === topic?.id ? "page" : undefined}
            >
              {title}
            </Link>
          ))}
        </nav>
        {topic && <Topic topic={topic} />}
      </div>
    </>
  );
}

function Topic({ topic: { page, title, purpose, howTo, questions, keys } }: { topic: HelpTopic }) {
  return (
    <article className={classes.article} aria-label={`帮助：${title}`}>
      <h2>{title}</h2>
      <p>
        {purpose}
        {!page.includes("$") && (
          <Link to={page as "/"} className={classes.open}>
            打开这一页
          </Link>
        )}
      </p>
      <h3>怎么做</h3>
      {howTo.map(({ task, steps }) => (
        <section key={task} aria-label={task}>
          <h4>{task}</h4>
          <ol>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      ))}
      <h3>常见问题</h3>
      <dl>
        {questions.map(({ question, answer }) => (
          <div key={question}>
            <dt>{question}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
      </dl>
      {keys.length > 0 && (
        <>
          <h3>快捷键</h3>
          <ul className={classes.keys}>
            {keys.map(({ keys: pressed, label }) => (
              <li key={pressed}>
                <Kbd>{pressed}</Kbd> {label}
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}
