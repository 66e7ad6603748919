import { Component, type ReactNode } from "react";

interface GuardProps {
  readonly title: string;
  /** What is still known of the panel in one line. */
  readonly last: string;
  /** HH:MM of that. */
  readonly since: string;
  /** A new answer is a new try. */
  readonly answer: unknown;
  readonly children: ReactNode;
}

/** A panel that cannot be drawn leaves its title, its last good number and the time; the others stay. */
export class Guard extends Component<GuardProps, { readonly broken: unknown }> {
  override state = { broken: null as unknown };

  static getDerivedStateFromError(): { broken: unknown } {
    return { broken: true };
  }

  override componentDidUpdate(before: GuardProps): void {
    if (this.state.broken !== null && before.answer !== this.props.answer) this.setState({ broken: null });
  }

  override render(): ReactNode {
    if (this.state.broken === null) return this.props.children;
    return (
      <section className="wall-broken">
        <h2>{this.props.title}</h2>
        {this.props.last && <p className="figure">{this.props.last}</p>}
        <p>数据停在 {this.props.since}</p>
      </section>
    );
  }
}
