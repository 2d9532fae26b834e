using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Import;

/// <summary>
/// Histories as bare tokens. They have no times, so times are made up: the n-th interaction of a learner lies n minutes
/// after 2020-01-01T00:00:00Z, which keeps the order within every learner and says nothing across learners.
/// </summary>
internal static class TokenHistory
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The tokens of a line.</summary>
    public static string[] Tokens(string line) => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <summary><c>user item item …</c> a line. A user who appears on several lines starts anew on each.</summary>
    public static IEnumerable<HistoryRow> ReadSequences(IEnumerable<InputLine> lines, EventKind kind, ImportReport report)
    {
        foreach (var (number, text) in lines)
        {
            var tokens = Tokens(text);
            if (tokens.Length == 1)
            {
                report.Reject(number, "the line has a user and no item");
            }

            for (var at = 1; at < tokens.Length; at++)
            {
                if (Row(tokens[0], tokens[at], kind, at - 1, number, report) is { } row)
                {
                    yield return row;
                }
            }
        }
    }

    /// <summary><c>user item</c> a line. Keeps one counter a user.</summary>
    public static IEnumerable<HistoryRow> ReadPairs(IEnumerable<InputLine> lines, EventKind kind, ImportReport report)
    {
        var positions = new Dictionary<string, int>();
        foreach (var (number, text) in lines)
        {
            var tokens = Tokens(text);
            if (tokens.Length == 0)
            {
                continue;
            }

            if (tokens.Length != 2)
            {
                report.Reject(number, $"{tokens.Length} tokens where 'user item' has 2");
                continue;
            }

            var position = positions.GetValueOrDefault(tokens[0]);
            if (Row(tokens[0], tokens[1], kind, position, number, report) is { } row)
            {
                positions[tokens[0]] = position + 1;
                yield return row;
            }
        }
    }

    private static HistoryRow? Row(string learner, string work, EventKind kind, int position, long line, ImportReport report)
    {
        var time = HistoryValues.SyntheticStart + (position * HistoryValues.SyntheticStep);
        if (HistoryValues.Complete(learner, work, kind, time, null, out var row) is { } fault)
        {
            report.Reject(line, fault);
            return null;
        }

        report.Accept();
        return row;
    }
}
