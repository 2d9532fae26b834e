namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;

/// <summary>A dictionary with texts as keys, in the order in which they were set; other keys are passed over.</summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<string, object?> items = new(StringComparer.Ordinal);

    /// <summary>What was set.</summary>
    public IReadOnlyDictionary<string, object?> Items => items;

    /// <summary>Sets an item.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string name)
        {
            items[name] = value;
        }
    }
}
