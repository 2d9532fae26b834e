namespace KpGrpc.Repository.Tests.Rules.Docs;

/// <summary>Paths as Markdown writes them: relative to the page's folder, with dots.</summary>
internal static class MarkdownPath
{
    /// <summary>The repository path of <paramref name="target"/> seen from <paramref name="folder"/>; a leading slash is the root.</summary>
    public static string Resolve(string folder, string target)
    {
        var segments = new List<string>();
        foreach (var segment in (target.StartsWith('/') ? target : $"{folder}/{target}").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment != ".")
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }
}
