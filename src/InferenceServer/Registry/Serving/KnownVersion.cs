using KpGrpc.InferenceServer.Registry.Traffic;

namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>A version that the registry knows. Written under the registry's gate, read from anywhere.</summary>
/// <param name="name">Model, as the folder says.</param>
/// <param name="version">Version, as the folder says.</param>
internal sealed class KnownVersion(string name, string version)
{
    private volatile ServedVersion? served;
    private volatile Stand stand = new(VersionState.Available, "");

    /// <summary>Model, as the folder says.</summary>
    public string Name => name;

    /// <summary>Version, as the folder says.</summary>
    public string Version => version;

    /// <summary>Its folder; null where the card cannot be read.</summary>
    public ModelFolder? Folder { get; private set; }

    /// <summary>The version in memory; null for none.</summary>
    public ServedVersion? Served => served;

    /// <summary>Where it stands.</summary>
    public VersionState State => stand.State;

    /// <summary>Reads the card, unless that was done.</summary>
    public void Read(ModelFolders folders)
    {
        if (Folder is not null)
        {
            return;
        }

        try
        {
            Folder = folders.Open(name, version);
            Mark(VersionState.Available);
        }
        catch (ModelFaultException fault)
        {
            Mark(VersionState.Failed, fault.Message);
        }
    }

    /// <summary>Says where it stands.</summary>
    public void Mark(VersionState state, string reason = "") => stand = new Stand(state, reason);

    /// <summary>It serves from here on.</summary>
    public void Serve(ServedVersion loaded)
    {
        served = loaded;
        Mark(VersionState.Ready);
    }

    /// <summary>Ends its requests and returns its memory.</summary>
    public async Task RetireAsync()
    {
        if (served is { } leaving)
        {
            Mark(VersionState.Draining);
            await leaving.RetireAsync();
            served = null;
            Mark(VersionState.Available);
        }
    }

    /// <summary>What is known of it now.</summary>
    /// <param name="split">Traffic of its model.</param>
    public VersionStatus Status(TrafficSplit split)
    {
        var (now, loaded) = (stand, served);
        return new VersionStatus(
            name, version, now.State, now.Reason, Folder, loaded?.Model.Device ?? "", loaded?.Model.Instances ?? 0,
            split.PpmOf(version), split.Shadows.Contains(version), loaded?.LoadedAt);
    }

    private sealed record Stand(VersionState State, string Reason);
}
