using System.Text.RegularExpressions;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Naming;

/// <summary>A contract file lies in the folder that its package names: <c>kp.ledger.v1</c> in protos/kp/ledger/v1.</summary>
internal sealed partial class ProtoFolderRule : IRule
{
    private const string Root = "protos/";

    public string Name => "proto-folder";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.Files
        where file.HasExtension(".proto") && file.Path.StartsWith(Root, StringComparison.Ordinal)
        let package = Package().Match(file.Text).Groups[1].Value
        let expected = Root + package.Replace('.', '/')
        where file.Folder != expected
        select new Finding(file.Path, 1, $"Its package is \"{package}\": put it in {expected}/, or correct the package.");

    [GeneratedRegex(@"^package\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Package();
}
