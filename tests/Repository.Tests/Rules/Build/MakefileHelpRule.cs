using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Build;

/// <summary>Every verb of the Makefile explains itself in the line that <c>make help</c> prints.</summary>
internal sealed class MakefileHelpRule : IRule
{
    public string Name => "makefile-help";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from verb in Makefile.VerbsOf(tree)
        where verb.Help.Length == 0
        select new Finding(Makefile.Path, verb.Line, $"{verb.Verb} has no help: write \"{verb.Verb}: ## what it does\".");
}
