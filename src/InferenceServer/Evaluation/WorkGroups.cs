using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>
/// Which works belong together, such as the chapters of a course. Within a course the next chapter is easily told; what a
/// learner turns to when she begins something new is the harder question, and the one that a feed is for.
/// </summary>
internal sealed class WorkGroups
{
    private static readonly char[] Separators = [',', '\t', ' '];

    private readonly Dictionary<string, HashSet<string>> groups = new(StringComparer.Ordinal);

    /// <summary>Reads lines <c>work group</c>, separated by a comma, a tab or a space; a work may have several groups.</summary>
    /// <exception cref="ImportException">The file cannot be read, or a line has no two columns.</exception>
    public static WorkGroups Read(string path)
    {
        var read = new WorkGroups();
        foreach (var (work, group) in Pairs(path))
        {
            read.Add(work, group);
        }

        return read;
    }

    /// <summary>The courses of MOOCCube's videos; null where the folder does not hold its relations.</summary>
    /// <param name="folder">The folder with <c>video_list.txt</c> and <c>relations/rel_course_video.csv</c>.</param>
    public static WorkGroups? OfMooccube(string folder)
    {
        var (list, relation) = (Path.Combine(folder, "video_list.txt"), Path.Combine(folder, "relations", "rel_course_video.csv"));
        if (!File.Exists(list) || !File.Exists(relation))
        {
            return null;
        }

        var numbers = Pairs(list).Skip(1).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        var read = new WorkGroups();
        foreach (var (course, video) in Pairs(relation).Skip(1))
        {
            if (numbers.TryGetValue(video, out var number))
            {
                read.Add(number, course);
            }
        }

        return read;
    }

    /// <summary>Says whether a work has a group, and shares none with the works of a history.</summary>
    public bool IsNew(string work, IEnumerable<string> history) =>
        groups.TryGetValue(work, out var own) && !history.Any(known => groups.TryGetValue(known, out var others) && own.Overlaps(others));

    private static IEnumerable<(string First, string Second)> Pairs(string path)
    {
        var number = 0;
        IEnumerable<string> lines;
        try
        {
            lines = File.ReadLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be read: {failure.Message}", failure);
        }

        foreach (var line in lines)
        {
            number++;
            var columns = line.Split(Separators, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            yield return columns.Length == 2
                ? (columns[0], columns[1])
                : throw new ImportException($"{path}:{number} has no two columns; lines must be 'work group'");
        }
    }

    private void Add(string work, string group)
    {
        if (!groups.TryGetValue(work, out var own))
        {
            groups.Add(work, own = new HashSet<string>(StringComparer.Ordinal));
        }

        own.Add(group);
    }
}
