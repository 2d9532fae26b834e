namespace KpGrpc.Demo.Network;

/// <summary>The folder that <c>init-dev</c> of the LedgerServer made: genesis, keys and the log's verifier key.</summary>
internal sealed class DevelopmentNetwork
{
    private DevelopmentNetwork(string folder, string logVkey) => (Folder, LogVkey) = (folder, logVkey);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The log's C2SP verifier key.</summary>
    public string LogVkey { get; }

    /// <summary>The genesis file.</summary>
    public string GenesisFile => Path.Combine(Folder, "genesis.json");

    /// <summary>The log's signing key.</summary>
    public string LogKeyFile => Path.Combine(Folder, "log.key");

    /// <summary>The signing key of an organisation.</summary>
    public string KeyFileOf(string organizationId) => Path.Combine(Folder, "keys", $"{organizationId}.key");

    /// <summary>Whether a network was made here.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, "genesis.json"));

    /// <summary>Checks that organisations are members.</summary>
    /// <exception cref="DemoException">One is not: the network was made for another catalogue.</exception>
    public void CheckMembers(IEnumerable<string> organizationIds)
    {
        if (organizationIds.FirstOrDefault(id => !File.Exists(KeyFileOf(id))) is { } missing)
        {
            throw new DemoException(
                $"the network in {Folder} was made for another catalogue: it has no member {missing}. Choose another --data-dir, or remove {Path.GetDirectoryName(Folder)} to begin anew.");
        }
    }

    /// <summary>Opens the folder.</summary>
    /// <exception cref="DemoException">A file is missing or cannot be read.</exception>
    public static DevelopmentNetwork Open(string folder)
    {
        var file = Path.Combine(folder, "log.vkey");
        try
        {
            return new DevelopmentNetwork(folder, File.ReadAllText(file).Trim());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DemoException($"{file} cannot be read: {failure.Message}. Remove {folder} to make a new network.", failure);
        }
    }
}
