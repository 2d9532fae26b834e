using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Registry.Loading;

/// <summary>
/// Recorded requests with the answers that the model gave when it was published: <c>golden.json</c>. They warm a version, and
/// one that answers otherwise on this machine does not serve. Numbers agree within the tolerance, absolute for values up to 1
/// and relative beyond; texts and integers agree exactly.
/// </summary>
/// <param name="Tolerance">Greatest difference, above 0.</param>
/// <param name="Cases">The recorded requests.</param>
internal sealed record GoldenSet(double Tolerance, IReadOnlyList<GoldenCase> Cases)
{
    private const int CasesMax = 1_000;
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(60);

    /// <summary>Records the answers of a model that is not served yet, on this thread.</summary>
    /// <param name="runner">The model.</param>
    /// <param name="codec">Its tensors.</param>
    /// <param name="requests">Inputs of each request.</param>
    /// <param name="tolerance">Greatest difference.</param>
    public static GoldenSet Record<TIn, TOut>(
        IBatchRunner<TIn, TOut> runner, ITensorCodec<TIn, TOut> codec, IEnumerable<IReadOnlyDictionary<string, TensorValue>> requests, double tolerance) =>
        new(tolerance, [.. requests.Select(inputs => new GoldenCase(inputs, codec.Encode(runner.Run(codec.Decode(inputs)))))]);

    /// <summary>Reads a file and checks that its inputs fit a model.</summary>
    /// <exception cref="ModelFaultException">It is no golden set, or one of another model.</exception>
    public static GoldenSet Read(string file, TensorSignature signature)
    {
        try
        {
            var root = JsonNode.Parse(File.ReadAllBytes(file)) ?? throw new JsonException("it holds null");
            var cases = root["requests"]?.AsArray() ?? throw new JsonException("requests is missing");
            if (cases.Count is 0 or > CasesMax)
            {
                throw new JsonException($"requests must be 1 to {CasesMax}");
            }

            var set = new GoldenSet(root["tolerance"]?.GetValue<double>() ?? throw new JsonException("tolerance is missing"), [.. cases.Select(ReadCase)]);
            var fault = set.Cases.SelectMany(one => TensorRules.Faults(signature, [.. one.Inputs.Values])).Select(fault => $"{fault.Tensor} {fault.Rule}").FirstOrDefault();
            return fault is null && set.Tolerance > 0 ? set : throw new JsonException(fault ?? "tolerance must be above 0");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ModelFaultException($"{file} is not a golden set of this model: {failure.Message}", failure);
        }
    }

    /// <summary>Writes the set into a folder that is about to be published.</summary>
    public void Save(string folder)
    {
        var cases = Cases.Select(one => new JsonObject
        {
            ["inputs"] = new JsonArray([.. one.Inputs.Values.Select(TensorJson.Write)]),
            ["outputs"] = new JsonArray([.. one.Outputs.Select(TensorJson.Write)]),
        });
        var root = new JsonObject { ["tolerance"] = Tolerance, ["requests"] = new JsonArray([.. cases]) };
        File.WriteAllText(Path.Combine(folder, ModelFolder.GoldenFile), root.ToJsonString());
    }

    /// <summary>Asks a loaded model and compares.</summary>
    /// <exception cref="ModelFaultException">An answer differs.</exception>
    public async Task CheckAsync(IServedModel model, CancellationToken cancellationToken)
    {
        for (var index = 0; index < Cases.Count; index++)
        {
            var reply = await model.InferAsync(Cases[index].Inputs, Priority.Bulk, DateTimeOffset.MaxValue, cancellationToken).WaitAsync(CaseLimit, cancellationToken);
            foreach (var wanted in Cases[index].Outputs)
            {
                var found = reply.Outputs.FirstOrDefault(output => output.Name == wanted.Name)
                    ?? throw new ModelFaultException($"the golden set wants an output {wanted.Name}, which the model does not give");
                if (Difference(wanted, found) is { } difference)
                {
                    throw new ModelFaultException($"golden request {index}: {wanted.Name} {difference}");
                }
            }
        }
    }

    private static GoldenCase ReadCase(JsonNode? node)
    {
        var inputs = node?["inputs"]?.AsArray().Select(TensorJson.Read).ToDictionary(tensor => tensor.Name) ?? throw new JsonException("inputs is missing");
        return new GoldenCase(inputs, [.. node["outputs"]?.AsArray().Select(TensorJson.Read) ?? throw new JsonException("outputs is missing")]);
    }

    private string? Difference(TensorValue wanted, TensorValue found)
    {
        if (wanted.Type != found.Type || !wanted.Shape.SequenceEqual(found.Shape))
        {
            return $"is {found.Type} [{string.Join(", ", found.Shape)}], not {wanted.Type} [{string.Join(", ", wanted.Shape)}]";
        }

        for (var at = 0; at < wanted.Elements.Length; at++)
        {
            var (want, have) = (wanted.Elements.GetValue(at)!, found.Elements.GetValue(at)!);
            if (!Agree(want, have))
            {
                return string.Create(CultureInfo.InvariantCulture, $"differs at element {at}: {Show(have)}, not {Show(want)} (tolerance {Tolerance})");
            }
        }

        return null;
    }

    private bool Agree(object wanted, object found) => (wanted, found) switch
    {
        (float a, float b) => Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(a)),
        (double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(a)),
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        _ => wanted.Equals(found),
    };

    private static object Show(object element) => element is byte[] text ? System.Text.Encoding.UTF8.GetString(text) : element;
}
