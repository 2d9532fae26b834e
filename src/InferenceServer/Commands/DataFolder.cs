namespace KpGrpc.InferenceServer.Commands;

/// <summary>Finds the real data sets, which are not part of the repository.</summary>
internal static class DataFolder
{
    /// <summary>
    /// The folder: <c>KP_DATA_DIR</c> where it is set, else <c>shared/data</c> beside the repository (searched from the
    /// current folder upwards). Null when there is none.
    /// </summary>
    public static string? Find()
    {
        var configured = Environment.GetEnvironmentVariable("KP_DATA_DIR");
        if (!string.IsNullOrEmpty(configured))
        {
            return Directory.Exists(configured) ? configured : null;
        }

        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(beside))
            {
                return beside;
            }
        }

        return null;
    }

    /// <summary>Where <see cref="Find"/> looks, for a message.</summary>
    public static string Searched() =>
        Environment.GetEnvironmentVariable("KP_DATA_DIR") is { Length: > 0 } configured
            ? $"KP_DATA_DIR is {configured}, which is no folder"
            : "KP_DATA_DIR is not set, and no folder above this one has shared/data in it";
}
