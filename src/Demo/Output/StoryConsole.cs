using Spectre.Console;
using Spectre.Console.Rendering;

namespace KpGrpc.Demo.Output;

/// <summary>What the demo prints: chapters, facts and tables; in colour on a terminal, plain ASCII lines otherwise.</summary>
internal sealed class StoryConsole(IAnsiConsole console, bool plain)
{
    /// <summary>Columns of plain output, where no terminal says how wide it is.</summary>
    public const int PlainWidth = 118;

    private const int LabelWidth = 22;
    private const int Indent = 3;

    /// <summary>Makes the console for standard output.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="plain">Whether to leave out colour, boxes and movement.</param>
    public static StoryConsole Create(TextWriter output, bool plain)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) };
        if (plain)
        {
            settings.Ansi = AnsiSupport.No;
            settings.ColorSystem = ColorSystemSupport.NoColors;
            settings.Interactive = InteractionSupport.No;
        }

        var console = AnsiConsole.Create(settings);
        if (plain)
        {
            console.Profile.Width = PlainWidth;
        }

        return new StoryConsole(console, plain);
    }

    /// <summary>Begins a numbered chapter.</summary>
    public void Chapter(int number, string name)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold aqua]== {number}. {name}[/]");
    }

    /// <summary>Prints a heading without number.</summary>
    public void Heading(string text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold aqua]== {text}[/]");
    }

    /// <summary>Prints a sentence.</summary>
    public void Line(string text) => Indented(new Text(text));

    /// <summary>Prints a sentence that explains.</summary>
    public void Note(string text) => Indented(new Text(text, new Style(Color.Grey)));

    /// <summary>Prints that something holds.</summary>
    public void Proven(string text) => Indented(Markup.FromInterpolated($"[green]OK[/] {text}"));

    /// <summary>Prints that something was refused, as it should be.</summary>
    public void Refused(string text) => Indented(Markup.FromInterpolated($"[red]REFUSED[/] {text}"));

    /// <summary>Prints a name with its value.</summary>
    public void Fact(string label, string value)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { Width = LabelWidth, Padding = new Padding(0, 0, 1, 0), NoWrap = true });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        grid.AddRow(new Text(label, new Style(Color.Grey)), new Text(value));
        Indented(grid);
    }

    /// <summary>Prints text that somebody will copy, as it is and never wrapped.</summary>
    public void Copyable(string text) => console.Profile.Out.Writer.WriteLine($"   {text}");

    /// <summary>Prints a table.</summary>
    /// <param name="columns">Heads; one that starts with <c>&gt;</c> is aligned to the right.</param>
    /// <param name="rows">Cells, as many a row as there are columns.</param>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = plain ? TableBorder.Ascii2 : TableBorder.Rounded };
        foreach (var column in columns)
        {
            var right = column.StartsWith('>');
            table.AddColumn(new TableColumn(Markup.Escape(right ? column[1..] : column)) { Alignment = right ? Justify.Right : Justify.Left });
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        Indented(table);
    }

    private void Indented(IRenderable content) => console.Write(new Padder(content, new Padding(Indent, 0, 0, 0)));
}
