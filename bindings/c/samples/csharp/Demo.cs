// SPDX-License-Identifier: EUPL-1.2
// Ranks the demo with P/Invoke: mcs Demo.cs && LD_LIBRARY_PATH=… mono Demo.exe fixtures/demo (or any .NET)
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

static class Demo
{
    [StructLayout(LayoutKind.Sequential)]
    struct Buffer
    {
        public IntPtr Data;
        public UIntPtr Len;
        public IntPtr Report;
        public UIntPtr ReportLen;
        public IntPtr Owner;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct Failure
    {
        public IntPtr Message, Code, Field, Detail;
        public UIntPtr DetailLen;
        public int Status;
        public IntPtr Owner;
    }

    const string Library = "passend_c";

    [DllImport(Library)]
    static extern int passend_engine_new(byte[] config, UIntPtr len, out IntPtr engine, ref Failure error);
    [DllImport(Library)]
    static extern void passend_engine_free(IntPtr engine);
    [DllImport(Library)]
    static extern int passend_run(IntPtr engine, byte[] op, UIntPtr opLen, byte[] json, UIntPtr jsonLen, IntPtr options,
        ref Buffer buffer, ref Failure error);
    [DllImport(Library)]
    static extern void passend_buffer_free(ref Buffer buffer);
    [DllImport(Library)]
    static extern void passend_error_free(ref Failure error);

    static void Check(int status, ref Failure error)
    {
        if (status == 0) return;
        var detail = new byte[(int)error.DetailLen];
        Marshal.Copy(error.Detail, detail, 0, detail.Length);
        passend_error_free(ref error);
        throw new ArgumentException(Encoding.UTF8.GetString(detail));
    }

    static byte[] Run(IntPtr engine, string op, string request)
    {
        byte[] name = Encoding.UTF8.GetBytes(op), json = Encoding.UTF8.GetBytes(request);
        var buffer = new Buffer();
        var error = new Failure();
        Check(passend_run(engine, name, (UIntPtr)name.Length, json, (UIntPtr)json.Length, IntPtr.Zero, ref buffer, ref error),
            ref error);
        var answer = new byte[(int)buffer.Len];
        Marshal.Copy(buffer.Data, answer, 0, answer.Length);
        passend_buffer_free(ref buffer);
        return answer;
    }

    static void Main(string[] arguments)
    {
        string folder = arguments.Length > 0 ? arguments[0] : "fixtures/demo";
        var error = new Failure();
        IntPtr engine;
        Check(passend_engine_new(null, UIntPtr.Zero, out engine, ref error), ref error);
        string people = string.Join(",", File.ReadAllLines(Path.Combine(folder, "candidates.jsonl")));
        string work = string.Join(",", File.ReadAllLines(Path.Combine(folder, "vacancies.jsonl")));
        byte[] lines = Run(engine, "match", "{\"candidates\":[" + people + "],\"vacancies\":[" + work
            + "],\"as_of\":\"2026-11-25\",\"format\":\"jsonl\"}");
        passend_engine_free(engine);
        Console.WriteLine(BitConverter.ToString(SHA256.Create().ComputeHash(lines)).Replace("-", "").ToLowerInvariant());
    }
}
