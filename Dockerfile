# The chapters as notebooks in JupyterLab, with the pinned versions: for a hub, or at home by
#   docker build -t lenet . && docker run -p 8888:8888 lenet
FROM python:3.11-slim
# A hub starts the container as a user of its own number, who must be able to write here.
ARG NB_USER=reader
ARG NB_UID=1000
RUN adduser --disabled-password --gecos "" --uid ${NB_UID} ${NB_USER}
WORKDIR /home/${NB_USER}
COPY requirements.txt pyproject.toml LICENSE jupytext.toml ./
COPY code code
RUN pip install --no-cache-dir -r requirements.txt
COPY chapters chapters
# A chapter opens as a notebook, as with make lab.
COPY lab_overrides.json /usr/local/share/jupyter/lab/settings/overrides.json
RUN chown -R ${NB_UID} .
USER ${NB_USER}
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser", "--LabApp.default_url=/lab/tree/chapters"]
