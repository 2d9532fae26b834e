using System.Text.Json;

namespace KpGrpc.Repository.Tests.Tree;

/// <summary>
/// The excesses that were there before a rule was: rule name → path → size. A file may stay as bad as its entry, never worse,
/// and the entry must follow it down, so that the list can only shrink.
/// </summary>
internal sealed class Ratchet(IReadOnlyDictionary<string, Dictionary<string, int>> tolerated)
{
    public const string FileName = "tests/Repository.Tests/ratchet.json";

    public IEnumerable<string> RuleNames => tolerated.Keys;

    public static Ratchet Parse(string json) => new(JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, int>>>(json)!);

    /// <summary>The messages that remain for one rule: excess that is not tolerated, and entries that stand too high.</summary>
    public IEnumerable<string> Apply(string rule, IReadOnlyCollection<Finding> findings)
    {
        var entries = tolerated.GetValueOrDefault(rule) ?? [];
        foreach (var file in findings.GroupBy(finding => finding.Path))
        {
            var size = file.Sum(finding => finding.Size);
            var limit = entries.GetValueOrDefault(file.Key);
            if (size > limit)
            {
                foreach (var finding in file)
                {
                    yield return $"{finding.Path}:{finding.Line}: [{rule}] {finding.Message}";
                }
            }
            else if (size < limit)
            {
                yield return $"{FileName}:1: [{rule}] {file.Key} has shrunk to {size}: lower its entry from {limit} to {size}.";
            }
        }

        foreach (var path in entries.Keys.Where(path => findings.All(finding => finding.Path != path)))
        {
            yield return $"{FileName}:1: [{rule}] {path} is clean now: remove its entry.";
        }
    }
}
