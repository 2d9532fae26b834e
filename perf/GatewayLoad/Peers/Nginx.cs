namespace KpGrpc.GatewayLoad.Peers;

/// <summary>nginx with <c>grpc_pass</c> in front of a server: what people put there today.</summary>
internal static class Nginx
{
    private static readonly string[] Places = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

    /// <summary>Where it is installed; null where it is not (<c>apt-get install nginx</c>).</summary>
    public static string? Program => Places.FirstOrDefault(File.Exists);

    /// <summary>Starts it.</summary>
    /// <param name="program">Its executable.</param>
    /// <param name="folder">Folder for its files, made.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="behind">Port of the server behind it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<PeerProcess> StartAsync(string program, string folder, int port, int behind, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(
            file,
            $$"""
            daemon off;
            worker_processes auto;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              upstream behind { server 127.0.0.1:{{behind}}; keepalive 64; }
              server {
                listen 127.0.0.1:{{port}} http2;
                keepalive_requests 100000000;
                location / { grpc_pass grpc://behind; }
              }
            }
            """);
        return PeerProcess.StartAsync(port, program, ["-c", file, "-p", folder], cancellationToken);
    }
}
