using System.Globalization;
using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Import;

/// <summary>Histories in columns under a header: CSV and RecBole's atomic files (whose names carry a type, as in <c>user_id:token</c>).</summary>
internal static class TabularHistory
{
    private static readonly string[] LearnerNames = ["learner_id", "user_id", "learner", "user"];
    private static readonly string[] WorkNames = ["work_id", "item_id", "work", "item"];
    private static readonly string[] TimeNames = ["time", "timestamp", "occurred_at"];

    /// <summary>The rows of the records after the header.</summary>
    /// <exception cref="ImportException">The header lacks the learner or the work.</exception>
    public static IEnumerable<HistoryRow> Read(
        string path, IEnumerable<(long Line, List<string> Fields)> records, EventKind defaultKind, ImportReport report)
    {
        Columns? columns = null;
        foreach (var (line, fields) in records)
        {
            if (columns is null)
            {
                columns = Columns.Of(path, fields);
                continue;
            }

            if (columns.Parse(fields, defaultKind, line, out var row) is { } fault)
            {
                report.Reject(line, fault);
                continue;
            }

            report.Accept();
            yield return row;
        }
    }

    private sealed record Columns(int Count, int Learner, int Work, int Time, int Kind, int Rating)
    {
        public static Columns Of(string path, List<string> header)
        {
            var names = header.ConvertAll(name => name.Split(':')[0].Trim().ToLowerInvariant());
            var columns = new Columns(names.Count, Find(LearnerNames), Find(WorkNames), Find(TimeNames), Find("kind"), Find("rating"));
            return columns.Learner >= 0 && columns.Work >= 0
                ? columns
                : throw new ImportException($"{path}:1: the header must name learner_id (or user_id) and work_id (or item_id).");

            int Find(params string[] any) => names.FindIndex(name => any.Contains(name));
        }

        public string? Parse(List<string> fields, EventKind defaultKind, long line, out HistoryRow row)
        {
            row = default;
            if (fields.Count != Count)
            {
                return $"{fields.Count} columns where the header has {Count}";
            }

            var kind = defaultKind;
            if (Kind >= 0 && fields[Kind].Length > 0 && !HistoryValues.TryKind(fields[Kind], out kind))
            {
                return "the kind is unknown";
            }

            // Without a time the file's order is kept: one second a line.
            var time = HistoryValues.SyntheticStart + (line * 1000);
            if (Time >= 0 && !HistoryValues.TryTime(fields[Time], out time))
            {
                return "the time is neither a number of seconds or milliseconds nor ISO 8601";
            }

            double? rating = null;
            if (Rating >= 0 && fields[Rating].Length > 0)
            {
                if (!double.TryParse(fields[Rating], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is not (>= 0 and <= 1))
                {
                    return "the rating is not a number from 0 to 1";
                }

                rating = value;
            }

            return HistoryValues.Complete(fields[Learner], fields[Work], kind, time, rating, out row);
        }
    }
}
