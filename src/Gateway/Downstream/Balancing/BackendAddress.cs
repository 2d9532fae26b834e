namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>One entry of a list of addresses.</summary>
/// <param name="Uri">Scheme, host and port that calls carry.</param>
/// <param name="IsName">True: the host is looked up and every address behind it is a server of its own.</param>
internal sealed record BackendAddress(Uri Uri, bool IsName)
{
    private const string Name = "dns:///";
    private const string SecureName = "dns+https:///";

    /// <summary>
    /// Reads <c>http://host:port</c>, <c>https://host:port</c>, <c>dns:///host:port</c> (cleartext HTTP/2) or
    /// <c>dns+https:///host:port</c>, several separated by commas.
    /// </summary>
    /// <returns>The addresses; null where one of them is none.</returns>
    public static IReadOnlyList<BackendAddress>? ParseList(string list)
    {
        var addresses = new List<BackendAddress>();
        foreach (var text in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(text) is not { } address)
            {
                return null;
            }

            addresses.Add(address);
        }

        return addresses.Count > 0 ? addresses : null;
    }

    private static BackendAddress? Parse(string text)
    {
        var isName = text.StartsWith(Name, StringComparison.OrdinalIgnoreCase) || text.StartsWith(SecureName, StringComparison.OrdinalIgnoreCase);
        var plain = text.StartsWith(Name, StringComparison.OrdinalIgnoreCase) ? $"http://{text[Name.Length..]}"
            : text.StartsWith(SecureName, StringComparison.OrdinalIgnoreCase) ? $"https://{text[SecureName.Length..]}"
            : text;
        return Uri.TryCreate(plain, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.AbsolutePath == "/"
            ? new BackendAddress(uri, isName)
            : null;
    }
}
