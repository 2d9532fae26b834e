using System.Xml;
using System.Xml.Linq;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Build;

/// <summary>Reads items out of project files without evaluating them.</summary>
internal static class MsBuildItems
{
    public static IEnumerable<XElement> Of(RepositoryFile file, params string[] names) =>
        XDocument.Parse(file.Text, LoadOptions.SetLineInfo).Descendants().Where(element => names.Contains(element.Name.LocalName));

    public static int LineOf(XElement element) => ((IXmlLineInfo)element).LineNumber;
}
