using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Naming;

/// <summary>
/// Tests mirror the source: <c>tests/X.Tests/F/YTests.cs</c> tests <c>src/X/F/Y.cs</c>. At least 80 % of the test files do so;
/// the others test something that no one file holds. Tests of published vectors and of properties span files and are not counted. A test file whose source lies in another folder is always wrong.
/// </summary>
internal sealed class TestMirrorRule : IRule
{
    public const int MirroredPercentMin = 80;

    private const string Suffix = "Tests.cs";

    // Functional tests start whole servers, and Repository.Tests reads files: neither has a source project to mirror.
    private static readonly HashSet<string> WithoutSource = ["Functional", "Repository"];

    public string Name => "test-mirror";

    public IEnumerable<Finding> Check(RepositoryTree tree)
    {
        var tests = tree.CSharp.Where(file => file.IsUnder("tests") && file.HasExtension(Suffix)).Select(Locate).OfType<TestPlace>().ToList();
        var sources = tree.CSharp.Where(file => file.IsUnder("src")).Select(file => file.Path).ToHashSet();
        var unmirrored = tests.Where(test => !sources.Contains(test.Source)).ToList();
        foreach (var test in unmirrored)
        {
            var elsewhere = sources.FirstOrDefault(source =>
                source.StartsWith(test.Project, StringComparison.Ordinal) && source.EndsWith("/" + test.SourceName, StringComparison.Ordinal));
            if (elsewhere is not null)
            {
                yield return new Finding(test.Path, 1, $"It tests {elsewhere}: put it in the same folder under tests/.");
            }
        }

        if (tests.Count > 0 && (tests.Count - unmirrored.Count) * 100 < tests.Count * MirroredPercentMin)
        {
            yield return new Finding(
                "tests", 1, $"{tests.Count - unmirrored.Count} of {tests.Count} test files mirror a source file, {MirroredPercentMin} % must: rename {string.Join(", ", unmirrored.Select(test => test.Path))}.");
        }
    }

    private static bool SpansFiles(string name) =>
        name.EndsWith("VectorTests.cs", StringComparison.Ordinal) || name.EndsWith("PropertyTests.cs", StringComparison.Ordinal);

    private static TestPlace? Locate(RepositoryFile file)
    {
        var segments = file.Path.Split('/');
        var project = segments[1].Replace(".Tests", "", StringComparison.Ordinal);
        return segments.Length < 3 || !segments[1].EndsWith(".Tests", StringComparison.Ordinal) || WithoutSource.Contains(project) || SpansFiles(file.Name)
            ? null
            : new TestPlace(file.Path, $"src/{project}/", string.Join('/', ["src", project, .. segments[2..^1], file.Name.Replace(Suffix, ".cs", StringComparison.Ordinal)]));
    }

    private sealed record TestPlace(string Path, string Project, string Source)
    {
        public string SourceName => Source[(Source.LastIndexOf('/') + 1)..];
    }
}
