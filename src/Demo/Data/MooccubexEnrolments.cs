using System.Globalization;

namespace KpGrpc.Demo.Data;

/// <summary>
/// The enrolments of MOOCCubeX: lines <c>user item item …</c> in <c>train.txt</c> and <c>test.txt</c>, a random 80/20
/// split without times. The two parts of a user are joined, train first.
/// </summary>
internal static class MooccubexEnrolments
{
    /// <summary>The learners of the files by ascending user number.</summary>
    /// <param name="paths">The files, in the order in which they are joined.</param>
    /// <param name="workIdByNumber">Works by the files' numbers; an unknown number is passed over.</param>
    /// <exception cref="DemoException">A file cannot be read or a token is no number.</exception>
    public static List<LearnerHistory> Read(IEnumerable<string> paths, IReadOnlyDictionary<int, string> workIdByNumber)
    {
        var byUser = new SortedDictionary<int, List<string>>();
        foreach (var path in paths)
        {
            try
            {
                foreach (var (line, text) in File.ReadLines(path).Index())
                {
                    AddLine(byUser, path, line + 1, text, workIdByNumber);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new DemoException($"{path} cannot be read: {failure.Message}", failure);
            }
        }

        return [.. byUser.Select(user => new LearnerHistory(LearnerIdOf(user.Key), [.. user.Value.Distinct()]))];
    }

    private static string LearnerIdOf(int user) => string.Create(CultureInfo.InvariantCulture, $"learner-{user:D5}");

    private static void AddLine(
        SortedDictionary<int, List<string>> byUser, string path, int line, string text, IReadOnlyDictionary<int, string> workIdByNumber)
    {
        List<string>? works = null;
        foreach (var token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                throw new DemoException($"{path}:{line}: \"user item item …\" was expected, all of them numbers");
            }

            if (works is null)
            {
                byUser.TryAdd(number, []);
                works = byUser[number];
            }
            else if (workIdByNumber.TryGetValue(number, out var workId))
            {
                works.Add(workId);
            }
        }
    }
}
