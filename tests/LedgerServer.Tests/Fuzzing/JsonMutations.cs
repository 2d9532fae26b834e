using System.Text.Json.Nodes;

using CsCheck;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>JSON that is well formed and has one value that is another, missing or of another type.</summary>
internal static class JsonMutations
{
    private static readonly string[] Values = ["null", "0", "-1", "1e400", "18446744073709551615", "\"\"", "\"\\u0000\"", "[]", "{}", "true", "[null]", "[[]]", "[{}]"];

    public static Gen<byte[]> Of(byte[] sample) => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, Values.Length], (which, value) =>
    {
        var root = JsonNode.Parse(sample)!;
        var places = Places(root).ToList();
        places[which % places.Count](value == Values.Length ? null : Values[value]);
        return System.Text.Encoding.UTF8.GetBytes(root.ToJsonString());
    });

    // Each place as what sets it; null removes it.
    private static IEnumerable<Action<string?>> Places(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, inner) in members.ToList())
            {
                yield return value =>
                {
                    members.Remove(name);
                    if (value is not null)
                    {
                        members[name] = JsonNode.Parse(value);
                    }
                };
                foreach (var place in Places(inner))
                {
                    yield return place;
                }
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                var at = i;
                yield return value =>
                {
                    items.RemoveAt(at);
                    if (value is not null)
                    {
                        items.Insert(at, JsonNode.Parse(value));
                    }
                };
                foreach (var place in Places(items[i]))
                {
                    yield return place;
                }
            }
        }
    }
}
