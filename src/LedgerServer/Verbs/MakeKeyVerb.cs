using System.CommandLine;

using KpGrpc.LedgerServer.Log;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary><c>make-key --type log|witness --name N --file F</c>: makes the key of a log or of a witness and prints its public half.</summary>
internal static class MakeKeyVerb
{
    private const string Log = "log";
    private const string Witness = "witness";

    public static Command Create(TextWriter output, TextWriter error)
    {
        var type = new Option<string>("--type") { Description = "log: signs a ledger's checkpoints; witness: cosigns those of other logs", Required = true };
        type.AcceptOnlyFromAmong(Log, Witness);
        var name = new Option<string>("--name") { Description = "Name of the key: for a log its origin, such as ledger.example.org/main", Required = true };
        var file = new Option<string>("--file") { Description = "File to make, mode 0600; must not exist", Required = true };
        var verb = new Command("make-key", "Makes a key and prints its C2SP verifier key, which others pin. Example: make-key --type witness --name org.example/witness --file witness.key") { type, name, file };
        verb.SetAction(result =>
        {
            try
            {
                output.WriteLine(Make(result.GetRequiredValue(type), result.GetRequiredValue(name), result.GetRequiredValue(file)));
                return 0;
            }
            catch (Exception exception) when (exception is StartupException or ArgumentException)
            {
                error.WriteLine($"make-key: {exception.Message.ReplaceLineEndings(" ")}");
                return ServerProgram.ExitConfiguration;
            }
        });
        return verb;
    }

    private static NoteVerifier Make(string type, string name, string file)
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
