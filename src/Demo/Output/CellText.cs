using Spectre.Console;

namespace KpGrpc.Demo.Output;

/// <summary>Texts in columns of a terminal, where a Chinese character takes two.</summary>
internal static class CellText
{
    /// <summary>A text that takes at most <paramref name="width"/> columns; what is cut off shows as an ellipsis.</summary>
    /// <param name="text">The text, one line.</param>
    /// <param name="width">Columns, 1 or more.</param>
    public static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        var kept = 0;
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.ToString().GetCellWidth();
            if (used > width - 1)
            {
                break;
            }

            kept += rune.Utf16SequenceLength;
        }

        return $"{text[..kept]}…";
    }
}
