using System.Text.RegularExpressions;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Build;

/// <summary>A <c>make verb</c> that a page names in code is in the Makefile.</summary>
internal sealed partial class NamedVerbsRule : IRule
{
    public string Name => "named-verbs";

    public IEnumerable<Finding> Check(RepositoryTree tree)
    {
        var verbs = Makefile.VerbsOf(tree).Select(verb => verb.Verb).ToHashSet();
        return from file in tree.Markdown
               let page = new MarkdownPage(file)
               from code in page.CodeSpans.Concat(page.FencedLines)
               from use in Use().Matches(code.Text)
               let verb = use.Groups[1].Value
               where !verbs.Contains(verb)
               select new Finding(file.Path, code.Line, $"`make {verb}` is not in the Makefile: correct the page or add the verb.");
    }

    // At the start of the code or of a command in it; a pattern such as perf-* names no single verb.
    [GeneratedRegex(@"(?:^|&&|;|\$)\s*make ([a-z][a-z0-9-]*)(?![\w*-])")]
    private static partial Regex Use();
}
