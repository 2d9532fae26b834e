using System.CommandLine;
using System.Text.Json;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Log;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary>
/// <c>make-key --type log|witness|organization --name N --file F</c>: makes the key of a log, a witness or an organisation
/// and prints its public half.
/// </summary>
internal static class MakeKeyVerb
{
    private const string Log = "log";
    private const string Witness = "witness";
    private const string Organization = "organization";

    public static Command Create(TextWriter output, TextWriter error)
    {
        var type = new Option<string>("--type") { Description = "log: signs a ledger's checkpoints; witness: cosigns those of other logs; organization: signs commands", Required = true };
        type.AcceptOnlyFromAmong(Log, Witness, Organization);
        var name = new Option<string>("--name") { Description = "Name of the key: for a log its origin, such as ledger.example.org/main; for an organisation the key's id", Required = true };
        var organization = new Option<string>("--organization") { Description = "The organisation that signs; for --type organization alone" };
        var algorithm = new Option<string>("--algorithm") { Description = "How an organisation's key signs", DefaultValueFactory = _ => KeyAlgorithmNames.Ed25519 };
        algorithm.AcceptOnlyFromAmong(KeyAlgorithmNames.Ed25519, KeyAlgorithmNames.EcdsaP256);
        var file = new Option<string>("--file") { Description = "File to make, mode 0600; must not exist", Required = true };
        var verb = new Command("make-key", "Makes a key and prints its public half: a C2SP verifier key, which others pin, or an organisation's key as genesis files name it. Example: make-key --type witness --name org.example/witness --file witness.key") { type, name, organization, algorithm, file };
        verb.Validators.Add(result =>
        {
            // As given: a value that is refused itself has none.
            var signs = result.GetResult(type)?.Tokens is [{ Value: Organization }];
            if (signs != result.GetResult(organization)?.Tokens is [{ Value.Length: > 0 }] || (!signs && result.GetResult(algorithm) is { Implicit: false }))
            {
                result.AddError(signs ? "--type organization needs --organization" : "--organization and --algorithm are for --type organization alone");
            }
        });
        verb.SetAction(result =>
        {
            try
            {
                var (named, path) = (result.GetRequiredValue(name), result.GetRequiredValue(file));
                output.WriteLine(result.GetValue(organization) is { } signs
                    ? MakeOrganizationKey(signs, named, result.GetRequiredValue(algorithm), path)
                    : MakeNoteKey(result.GetRequiredValue(type), named, path).ToString());
                return 0;
            }
            catch (Exception exception) when (exception is StartupException or ArgumentException or FormatException)
            {
                error.WriteLine($"make-key: {exception.Message.ReplaceLineEndings(" ")}");
                return ServerProgram.ExitConfiguration;
            }
        });
        return verb;
    }

    private static string MakeOrganizationKey(string organizationId, string keyId, string algorithm, string file)
    {
        if ((FieldRules.IsId(organizationId) ? keyId : organizationId) is var id && !FieldRules.IsId(id))
        {
            throw new FormatException($"'{id}' is not an id: 1 to {FieldRules.IdCharsMax} characters of A-Z a-z 0-9 . _ : / -");
        }

        using var key = SigningKey.Generate(organizationId, keyId, KeyAlgorithmNames.Find(algorithm)!.Value);
        try
        {
            SigningKeyFile.Write(file, key, development: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"the key {file} cannot be written: {exception.Message}", exception);
        }

        return JsonSerializer.Serialize(new GenesisKey(keyId, algorithm, Convert.ToBase64String(key.ExportPublicKey())), GenesisJson.Default.GenesisKey);
    }

    private static NoteVerifier MakeNoteKey(string type, string name, string file)
    {
        if (type == Log)
        {
            using var signer = NoteSigner.Generate(name);
            SecretKeyFile.Write(file, signer.ExportPrivateKey(), development: false);
            return signer.Verifier;
        }

        using var cosigner = Cosigner.Generate(name, TimeProvider.System);
        SecretKeyFile.Write(file, cosigner.ExportPrivateKey(), development: false);
        return cosigner.Verifier;
    }
}
