namespace KpGrpc.Gateway.WebConsole;

/// <summary>The files that are part of the program itself.</summary>
internal static class PageResources
{
    /// <summary>Bytes of an embedded file, named by its path in the project with dots, such as <c>WebConsole.unbuilt.html</c>.</summary>
    public static byte[] Read(string name)
    {
        using var stream = typeof(PageResources).Assembly.GetManifestResourceStream($"KpGrpc.Gateway.{name}")
            ?? throw new InvalidOperationException($"the resource {name} is not in the program: KpGrpc.Gateway.csproj must embed it");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
