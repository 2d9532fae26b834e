using KpGrpc.LedgerServer.Log;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.Extensions.Options;

namespace KpGrpc.LedgerServer.Witnessing;

/// <summary>Composes the witness and its endpoint, where a key is configured.</summary>
internal static class WitnessSetup
{
    /// <summary>Adds the witness; made when it is first asked for.</summary>
    public static void AddWitness(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WitnessOptions, WitnessOptionsValidator>().BindConfiguration(WitnessOptions.SectionName);
        services.AddSingleton(Open);
    }

    /// <summary>Maps <c>POST /witness/add-checkpoint</c> where a key is configured, and opens the witness.</summary>
    public static void MapWitness(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<WitnessOptions>>().Value.KeyPath.Length == 0)
        {
            return;
        }

        var witness = app.Services.GetRequiredService<Witness>();
        app.MapPost("/witness/add-checkpoint", context => AnswerAsync(context, witness));
    }

    private static Witness Open(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<WitnessOptions>>().Value;
        var production = services.GetRequiredService<IHostEnvironment>().IsProduction();
        var logs = options.Logs.Select(ParseLog).ToArray();
        var cosigner = SecretKeyFile.Read(
            "Witness:KeyPath", options.KeyPath, production, text => Cosigner.ParsePrivateKey(text, services.GetRequiredService<TimeProvider>()));
        try
        {
            return new Witness(cosigner, WitnessStore.Open(options.StateDirectory), logs);
        }
        catch
        {
            cosigner.Dispose();
            throw;
        }
    }

    private static NoteVerifier ParseLog(string text, int index)
    {
        if (!NoteVerifier.TryParse(text, out var verifier, out var fault))
        {
            throw new StartupException($"Witness:Logs:{index} is not a C2SP verifier key: {fault}");
        }

        return verifier.Type == NoteSignatureType.Ed25519
            ? verifier
            : throw new StartupException($"Witness:Logs:{index} is the key of a witness; name the log's own key");
    }

    private static async Task AnswerAsync(HttpContext context, Witness witness)
    {
        var answer = await ReadAsync(context) switch
        {
            null => WitnessAnswer.BadRequest($"The body has more than {AddCheckpointRequest.BytesMax} bytes."),
            { } body => AddCheckpointRequest.TryParse(body, out var request, out var fault) ? witness.Add(request) : WitnessAnswer.BadRequest(fault),
        };
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        var buffer = new byte[AddCheckpointRequest.BytesMax + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        return length > AddCheckpointRequest.BytesMax ? null : buffer[..length];
    }
}
