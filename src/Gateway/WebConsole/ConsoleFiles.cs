using System.Collections.Frozen;

using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.Gateway.WebConsole;

/// <summary>The built console's files, read once at start: nothing that a caller sends ever becomes a path. Immutable.</summary>
internal sealed class ConsoleFiles
{
    /// <summary>Name of the page itself.</summary>
    public const string IndexName = "index.html";

    private const int FilesMax = 64;
    private const long BytesMax = 4 * 1_024 * 1_024;

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, PageContent> files;

    private ConsoleFiles(Dictionary<string, PageContent> files) => this.files = files.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The files by name.</summary>
    public IReadOnlyDictionary<string, PageContent> All => files;

    /// <summary>Reads a folder; null where the console was not built.</summary>
    /// <param name="folder">A relative one is beside the program.</param>
    /// <exception cref="StartupException">The folder holds what no build of the console makes.</exception>
    public static ConsoleFiles? Read(string folder)
    {
        var path = Path.GetFullPath(folder, AppContext.BaseDirectory);
        if (!File.Exists(Path.Combine(path, IndexName)))
        {
            return null;
        }

        var found = new DirectoryInfo(path).GetFiles();
        if (found.Length > FilesMax || found.Sum(file => file.Length) > BytesMax)
        {
            throw new StartupException($"Gateway:Console:Directory {path} holds more than {FilesMax} files or {BytesMax} bytes, so it is not a built console: run build/console.sh, or name its output");
        }

        return new ConsoleFiles(found
            .Where(file => ContentTypes.ContainsKey(file.Extension))
            .ToDictionary(file => file.Name, file => new PageContent(File.ReadAllBytes(file.FullName), ContentTypes[file.Extension]), StringComparer.Ordinal));
    }
}
